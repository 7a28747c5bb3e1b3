//! Pages by the names that a generator's own tags give them: `{% post_url %}` and `{% link %}` of Jekyll, `ref` of Hugo.
//!
//! Such a name is looked for in all folders, because a setting says where the site's sources, posts or contents lie. What
//! remains is what every site has in common: what the file is called, and the folders that the name itself gives.

use super::addresses::Page;
use super::claims;
use super::site::Generator;
use crate::diagnostic::DocumentId;
use crate::document::{Document, stem, tags::Kind};
use crate::hash::QuickMap;
use crate::source::Text;

/// The names. Empty where the generator has no such tags.
#[derive(Debug, Default)]
pub(super) struct Names {
    generator: Generator,
    /// By the last part of a name: all of it, and the document; `None` for a folder or another file.
    by_last_part: QuickMap<Text, Vec<(Text, Option<DocumentId>)>>,
    /// Whether pages are made by templates of the site's own.
    has_makers: bool,
}

impl Names {
    pub(super) fn of(generator: Generator) -> Self {
        Names {
            generator,
            ..Names::default()
        }
    }

    /// Adds a Markdown file.
    pub(super) fn add(&mut self, id: DocumentId, document: &Document) {
        self.add_file(&document.path, Some(id));
        if self.generator == Generator::Jekyll
            && is_among_posts(&document.path)
            && let Some(date) = claims::written(document)
        {
            // Jekyll also finds a post by the date and the slug that its metadata says.
            let slug = document.metadata.text("slug");
            let slug = slug.unwrap_or(super::addresses::name(document));
            let name = format!("{date}-{slug}");
            self.insert(&name.clone(), &name, Some(id));
        }
    }

    /// Adds a file of any kind.
    pub(super) fn add_file(&mut self, path: &str, id: Option<DocumentId>) {
        let name = path.rsplit('/').next().unwrap_or(path);
        match self.generator {
            Generator::Jekyll => {
                self.insert(name, path, id);
                if is_among_posts(path) {
                    let post = name.rsplit_once('.').map_or(name, |(post, _)| post);
                    let dated = with_full_date(post);
                    let post = dated.as_deref().unwrap_or(post);
                    self.insert(post, post, id);
                }
            }
            Generator::Hugo => {
                self.has_makers |= name == "_content.gotmpl";
                let is_page = id.is_some();
                let extension = name
                    .rfind('.')
                    .filter(|_| !is_page)
                    .map(|at| name.len() - at);
                let length = path.len() - extension.unwrap_or(0);
                self.add_path(path.get(..length).unwrap_or(path), id);
            }
            _ => {}
        }
    }

    /// Adds a folder.
    pub(super) fn add_folder(&mut self, path: &str) {
        if self.generator == Generator::Hugo {
            self.add_path(path, None);
        }
    }

    fn add_path(&mut self, path: &str, id: Option<DocumentId>) {
        let path = logical(path);
        self.insert(path.rsplit('/').next().unwrap_or(""), &path, id);
    }

    fn insert(&mut self, last_part: &str, name: &str, id: Option<DocumentId>) {
        let same = self.by_last_part.entry(last_part.into()).or_default();
        if !same.iter().any(|held| held.1 == id && *held.0 == *name) {
            same.push((name.into(), id));
        }
    }

    /// Whether the site's generator has a tag of this kind, and does not build a site where it names nothing.
    pub(super) fn has(&self, kind: Kind) -> bool {
        match kind {
            Kind::Post | Kind::File => self.generator == Generator::Jekyll,
            Kind::Page => self.generator == Generator::Hugo,
            Kind::Address => false,
        }
    }

    /// What `name` names; `None` where that cannot be known.
    pub(super) fn find(&self, kind: Kind, name: &str) -> Option<Page> {
        let name = name.trim_start_matches('/');
        let found = match kind {
            Kind::Post => {
                let name = with_full_date(name.rsplit('/').next()?);
                let name = name.filter(|name| !crate::discover::is_markdown(name));
                name.map_or(Page::Nothing, |name| self.ending_with(&name))
            }
            Kind::File => self.ending_with(name),
            Kind::Page | Kind::Address => self.ending_with(&logical(name)),
        };
        // What has no file of Markdown may be made by a plug-in, or by a taxonomy.
        let is_certain = match kind {
            Kind::Post => true,
            Kind::File => crate::discover::is_markdown(name),
            Kind::Page | Kind::Address => !self.has_makers && self.can_be_no_list(name),
        };
        (found != Page::Nothing || is_certain).then_some(found)
    }

    /// Whether the name is that of a file, and not of a term that pages are listed by.
    fn can_be_no_list(&self, name: &str) -> bool {
        let path = logical(name);
        let mut parts = path.split('/');
        let is_list = parts.any(super::addresses::is_generated);
        let is_known = |part| self.ending_with(part) != Page::Nothing;
        let parts = path.rsplit_once('/');
        crate::discover::is_markdown(name)
            || !is_list && parts.is_none_or(|(above, last)| is_known(above) || is_known(last))
    }

    /// What has this name, or one that ends with it.
    fn ending_with(&self, name: &str) -> Page {
        let last = name.rsplit('/').next().unwrap_or(name);
        let fits = |held: &&(Text, Option<DocumentId>)| {
            let before = held.0.strip_suffix(name);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let same = self.by_last_part.get(last).into_iter().flatten();
        let mut found = same.filter(fits).peekable();
        if found.peek().is_none() && !name.is_empty() {
            return Page::Nothing;
        }
        let mut documents = found.filter_map(|held| held.1);
        match (documents.next(), documents.next()) {
            (Some(only), None) => Page::Document(only),
            _ => Page::Served,
        }
    }
}

fn is_among_posts(path: &str) -> bool {
    path.split('/').any(|folder| folder == "_posts")
}

/// The name of a post with all digits of its date, which tags and files may leave out: `2024-2-6-a` is `2024-02-06-a`.
fn with_full_date(name: &str) -> Option<String> {
    let mut parts = name.splitn(4, '-');
    let mut number = || parts.next()?.parse::<u16>().ok();
    let (year, month, day) = (number()?, number()?, number()?);
    Some(format!("{year:04}-{month:02}-{day:02}-{}", parts.next()?))
}

/// A page's path as Hugo compares it: without `.md`, language and `index`, in small letters, with hyphens for blanks, and
/// without the way up.
fn logical(path: &str) -> String {
    let path = path.trim_matches('/').to_lowercase().replace(' ', "-");
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let name = without_language(stem(name));
    let mut parts: Vec<&str> = folder.split('/').collect();
    if !matches!(name, "index" | "_index") {
        parts.push(name);
    }
    parts.retain(|part| !matches!(*part, "" | "." | ".."));
    parts.join("/")
}

/// The name of a file without its language: `week-7` of `week-7.pt-br`.
pub(super) fn without_language(name: &str) -> &str {
    let parts = name.rsplit_once('.');
    parts.map_or(name, |(before, code)| match is_language(code) {
        true => before,
        false => name,
    })
}

/// `en`, `pt-br`
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let is_part = |part: &str| part.len() == 2 && part.bytes().all(|one| one.is_ascii_lowercase());
    parts.all(is_part)
}
