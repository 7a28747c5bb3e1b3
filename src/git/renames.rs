//! Which files somebody renamed. We do not ask git: its own search for renames reads every large image that comes or
//! goes, and fetches what a partial clone lacks.
//!
//! An old and a new file are the same if git has them under one blob, whatever kind of file they are. We recognise a
//! Markdown file that changed on its way by its text: half of the larger one is alike, as in `git diff -M`. Notes made
//! from one template are alike as well, so if two names differ in a number, nine tenths must be alike, of more than a
//! few words. A file that is left over and has the same name in another folder has moved.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

/// A piece of text that more of the files that went have than this tells nothing.
const MOST_SHARED: usize = 8;

/// How many bytes tell a note from another one that is made from the same template.
const TELLING: usize = 64;

/// A file that went or came.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Its path, relative to the top of the repository.
    pub(super) path: Vec<u8>,
    /// Its blob, where that is known.
    pub(super) blob: Option<String>,
    /// What it holds, if it is Markdown and can be read.
    pub(super) content: Vec<u8>,
}

/// The new paths of files by their old ones. Each file that came is given to one that went.
pub(super) fn pairs(gone: &[Candidate], come: &[Candidate]) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut pairs = Pairs {
        gone,
        come,
        from: vec![None; come.len()],
        to: vec![None; gone.len()],
    };
    pairs.by_key(|file| Some((&file.blob, name(&file.path))).filter(|(blob, _)| blob.is_some()));
    pairs.by_key(|file| file.blob.as_ref());
    pairs.by_content();
    pairs.by_key(|file| (!file.content.is_empty()).then(|| name(&file.path)));
    let found = gone.iter().zip(&pairs.to);
    let found = found.filter_map(|(from, to)| Some((from, come.get((*to)?)?)));
    found
        .map(|(from, to)| (from.path.clone(), to.path.clone()))
        .collect()
}

struct Pairs<'c> {
    gone: &'c [Candidate],
    come: &'c [Candidate],
    /// For each file that came, which one it was.
    from: Vec<Option<usize>>,
    /// For each file that went, which one it became.
    to: Vec<Option<usize>>,
}

impl<'c> Pairs<'c> {
    fn take(&mut self, from: usize, to: usize) {
        if let (Some(becomes @ None), Some(was @ None)) =
            (self.to.get_mut(from), self.from.get_mut(to))
        {
            (*becomes, *was) = (Some(to), Some(from));
        }
    }

    /// Pairs what has the same key, in order.
    fn by_key<K: Hash + Eq>(&mut self, key: impl Fn(&'c Candidate) -> Option<K>) {
        let mut held: HashMap<K, Vec<usize>> = HashMap::new();
        for (to, file) in open(self.come, &self.from).rev() {
            if let Some(key) = key(file) {
                held.entry(key).or_default().push(to);
            }
        }
        let open: Vec<_> = open(self.gone, &self.to).collect();
        for (from, file) in open {
            let same = key(file).and_then(|key| held.get_mut(&key)?.pop());
            if let Some(to) = same {
                self.take(from, to);
            }
        }
    }

    /// Pairs Markdown files of which at least half is alike, the most alike first.
    fn by_content(&mut self) {
        let mut users: HashMap<&[u8], Vec<usize>> = HashMap::new();
        for (from, file) in open(self.gone, &self.to) {
            for chunk in chunks(file) {
                users.entry(chunk).or_default().push(from);
            }
        }
        let users_of = |chunk: &[u8]| users.get(chunk).map_or(&[][..], Vec::as_slice);
        let size = |file: &'c Candidate| {
            let chunks = chunks(file).into_iter();
            let telling = chunks.filter(|chunk| users_of(chunk).len() <= MOST_SHARED);
            telling.map(<[u8]>::len).sum::<usize>()
        };
        let sizes: Vec<usize> = self.gone.iter().map(size).collect();
        let mut scores = Vec::new();
        for (to, file) in open(self.come, &self.from) {
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for chunk in chunks(file) {
                let users = users_of(chunk);
                for from in users.iter().filter(|_| users.len() <= MOST_SHARED) {
                    *shared.entry(*from).or_default() += chunk.len();
                }
            }
            let here = size(file);
            for (from, shared) in shared {
                let larger = sizes.get(from).copied().unwrap_or(0).max(here);
                let is_same = |gone: &Candidate| numbers(&gone.path).eq(numbers(&file.path));
                let is_same_number = self.gone.get(from).is_some_and(is_same);
                let is_alike = match is_same_number {
                    true => shared * 2 >= larger,
                    false => larger >= TELLING && shared * 10 >= larger * 9,
                };
                if is_alike {
                    scores.push((Reverse(shared * 1000 / larger.max(1)), from, to));
                }
            }
        }
        scores.sort_unstable();
        for (_, from, to) in scores {
            self.take(from, to);
        }
    }
}

/// The files that have no counterpart yet, with their indices.
fn open<'c>(
    files: &'c [Candidate],
    taken: &[Option<usize>],
) -> impl DoubleEndedIterator<Item = (usize, &'c Candidate)> {
    let files = files.iter().enumerate().zip(taken);
    files.filter_map(|(file, taken)| taken.is_none().then_some(file))
}

/// The numbers in a file's name, without zeros before them.
fn numbers(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    let numbers = name(path).split(|byte| !byte.is_ascii_digit());
    let numbers = numbers.filter(|number| !number.is_empty());
    numbers.map(|number| {
        let zeros = number.iter().take_while(|digit| **digit == b'0').count();
        number.get(zeros..).unwrap_or(number)
    })
}

/// A file cut into pieces of a few words, at line ends and after about every fourth word: the same text is cut alike
/// wherever it stands.
fn chunks(file: &Candidate) -> HashSet<&[u8]> {
    let mut chunks = HashSet::new();
    let mut start = 0;
    let mut sum = 0u8;
    for (at, byte) in file.content.iter().enumerate() {
        sum = sum.wrapping_mul(31).wrapping_add(*byte);
        let ends = match byte {
            b'\n' | b'\r' => true,
            b' ' => sum & 3 == 0,
            _ => false,
        };
        if byte.is_ascii_whitespace() {
            sum = 0;
        }
        if ends {
            chunks.extend(file.content.get(start..at).map(<[u8]>::trim_ascii));
            start = at;
        }
    }
    chunks.extend(file.content.get(start..).map(<[u8]>::trim_ascii));
    chunks.remove(&[][..]);
    chunks
}

/// The name of a file, with its folder where many files are called so.
fn name(path: &[u8]) -> &[u8] {
    let mut slashes = memchr::memrchr_iter(b'/', path).map(|at| at + 1);
    let start = slashes.next().unwrap_or(0);
    let file = path.get(start..).unwrap_or(path);
    let is_index = [&b"index."[..], b"_index.", b"README."]
        .iter()
        .any(|index| file.starts_with(index));
    let start = match is_index {
        true => slashes.next().unwrap_or(0),
        false => start,
    };
    path.get(start..).unwrap_or(path)
}
