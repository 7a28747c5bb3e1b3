//! Work on a slice by several threads, with the results in the slice's order whatever the threads did.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, ScopedJoinHandle};

/// How many items a thread takes at once: large enough that the counter costs nothing, small enough that the threads
/// end together.
const CHUNK: usize = 16;

/// How many threads were asked for; 0 stands for as many as there are cores.
static THREADS: AtomicUsize = AtomicUsize::new(0);

/// From now on, so many threads do the work.
pub fn use_threads(threads: NonZeroUsize) {
    THREADS.store(threads.get(), Ordering::Relaxed);
}

fn threads() -> usize {
    match THREADS.load(Ordering::Relaxed) {
        0 => std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
        threads => threads,
    }
}

/// Does two things at the same time, where there is another thread for the first.
pub fn join<A: Send, B>(one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    if threads() <= 1 {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let handle = Builder::new().spawn_scoped(scope, &one);
        let other = other();
        let one = match handle.map(ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            // A panic is a defect of the tool; it must not look like a clean run.
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => one(),
        };
        (one, other)
    })
}

/// Applies `work` to each item.
pub fn map<'i, T: Sync, R: Send>(
    items: &'i [T],
    work: impl Fn(usize, &'i T) -> R + Sync,
) -> Vec<R> {
    map_by(CHUNK, items, work)
}

/// The same, for which each thread takes so many items at once.
pub fn map_by<'i, T: Sync, R: Send>(
    at_once: usize,
    items: &'i [T],
    work: impl Fn(usize, &'i T) -> R + Sync,
) -> Vec<R> {
    let threads = threads().min(items.len().div_ceil(at_once));
    if threads <= 1 {
        let items = items.iter().enumerate();
        return items.map(|(index, item)| work(index, item)).collect();
    }
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let from = next.fetch_add(at_once, Ordering::Relaxed);
            let chunk = items.get(from..items.len().min(from + at_once));
            let chunk = chunk.unwrap_or(&[]);
            if chunk.is_empty() {
                return done;
            }
            let results = chunk.iter().zip(from..);
            let results: Vec<R> = results.map(|(item, index)| work(index, item)).collect();
            done.push((from, results));
        }
    };
    let mut chunks: Vec<(usize, Vec<R>)> = std::thread::scope(|scope| {
        // Where the system starts no more threads, the others do the work.
        let spawn = |_| Builder::new().spawn_scoped(scope, share).ok();
        let handles: Vec<_> = (1..threads).map_while(spawn).collect();
        let mut chunks = share();
        for handle in handles {
            match handle.join() {
                Ok(done) => chunks.extend(done),
                // A panic is a defect of the tool; it must not look like a clean run.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        chunks
    });
    chunks.sort_unstable_by_key(|(from, _)| *from);
    let mut all = Vec::with_capacity(items.len());
    all.extend(chunks.into_iter().flat_map(|(_, results)| results));
    all
}

#[cfg(test)]
mod tests;
