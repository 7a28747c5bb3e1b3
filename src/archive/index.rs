//! What exists, by its names: pages, other files and folders.
//!
//! A name is looked for in all folders: by the last part of an address, because hardly any generator changes that (see
//! [`super::addresses`]), or as a generator's own tags name a page (`{% post_url %}` and `{% link %}` of Jekyll, `ref` of
//! Hugo), because a setting says where the site's sources, posts or contents lie. What remains is what every site has in
//! common: what the file is called, and the folders that the name itself gives.

use super::addresses::{is_generated, key, last_part, name, naming, unnumbered};
use super::claims;
use super::series::content_name;
use super::site::Generator;
use crate::diagnostic::DocumentId;
use crate::discover::is_markdown;
use crate::document::metadata::Entry;
use crate::document::{Document, stem, tags::Kind};
use crate::hash::QuickMap;
use crate::source::Text;
use std::borrow::Cow;

/// What a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// One document.
    Document(DocumentId),
    /// Several documents, a folder, or a file that is no document.
    Served,
    /// Nothing that is known.
    Nothing,
}

/// The names.
#[derive(Debug, Default)]
pub(super) struct Index {
    generator: Generator,
    things: Vec<Thing>,
    /// By their keys, see [`key`].
    names: QuickMap<Text, Named>,
    /// The posts of Jekyll by date and name.
    posts: QuickMap<Text, Page>,
    /// Of names with letters that a generator may spell in ASCII: the others of their letters, and how many those are.
    spelt_otherwise: Vec<(String, usize)>,
}

/// A document, another file or a folder.
#[derive(Debug)]
pub(super) struct Thing {
    pub(super) path: Text,
    pub(super) document: Option<DocumentId>,
}

/// What is called alike.
#[derive(Debug, Default)]
struct Named {
    /// The indices of all that is, in order.
    things: Vec<u32>,
    /// The documents that are by their paths, or by what their metadata says.
    documents: Option<Page>,
    /// The documents that are by their titles.
    titled: Option<Page>,
    /// Whether a folder or another file is.
    is_served: bool,
}

impl Index {
    pub(super) fn of(generator: Generator) -> Self {
        Index {
            generator,
            ..Index::default()
        }
    }

    fn thing(&mut self, path: &str, document: Option<DocumentId>) -> u32 {
        let path = path.into();
        self.things.push(Thing { path, document });
        u32::try_from(self.things.len() - 1).unwrap_or(u32::MAX)
    }

    /// Adds a document, which has these addresses.
    pub(super) fn add(&mut self, id: DocumentId, document: &Document, addresses: &[String]) {
        let thing = self.thing(&document.path, Some(id));
        let name = name(document);
        let plain = match without_language(name) {
            "index" | "_index" => last_part(document.folder()),
            name => name,
        };
        let names = [content_name(document), name, plain].into_iter();
        let mut last = "";
        for name in names.chain(unnumbered(document.stem())) {
            if name != last {
                self.insert(name, thing, false);
            }
            last = name;
        }
        for text in naming(document) {
            self.insert(last_part(text), thing, false);
        }
        for address in addresses {
            self.insert(last_part(address), thing, false);
        }
        self.add_post(&document.path, Page::Document(id));
        if self.has_post(&document.path)
            && let Some(date) = claims::written(document)
        {
            // Jekyll also finds a post by the date and the slug that its metadata says.
            let slug = document.metadata.text("slug").unwrap_or(name);
            let post = format!("{date}-{slug}");
            insert(&mut self.posts, &post, Page::Document(id));
        }
        if let Some(title) = claims::title_entry(document).and_then(Entry::as_str) {
            self.insert(title, thing, true);
            if title.contains('&') {
                self.insert(&title.replace('&', " and "), thing, true);
            }
        }
    }

    /// Adds a folder, or a file that is no document.
    pub(super) fn add_path(&mut self, path: &str) {
        let thing = self.thing(path, None);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let first = name.split('.').next().unwrap_or(name);
        let folder = Some(last_part(folder)).filter(|_| first == "index");
        let names = [Some(first), Some(stem(name)), unnumbered(first), folder];
        for name in names.into_iter().flatten() {
            self.insert(name, thing, false);
        }
        self.add_post(path, Page::Served);
    }

    /// Whether a file is a post of Jekyll's.
    fn has_post(&self, path: &str) -> bool {
        self.generator == Generator::Jekyll && path.split('/').any(|folder| folder == "_posts")
    }

    fn add_post(&mut self, path: &str, page: Page) {
        let name = path.rsplit('/').next().filter(|_| self.has_post(path));
        let Some(name) = name.map(|name| name.rsplit_once('.').map_or(name, |(post, _)| post))
        else {
            return;
        };
        let dated = with_full_date(name);
        insert(&mut self.posts, dated.as_deref().unwrap_or(name), page);
    }

    fn insert(&mut self, name: &str, thing: u32, is_title: bool) {
        let key = key(name);
        let held = self.things.get(thing as usize).filter(|_| !key.is_empty());
        let Some(document) = held.map(|held| held.document) else {
            return;
        };
        if !key.is_ascii() && document.is_some() {
            let ascii: String = key.chars().filter(char::is_ascii).collect();
            let others = key.chars().filter(|letter| !letter.is_ascii()).count();
            self.spelt_otherwise.push((ascii, others));
        }
        let named = self.names.entry(key.into()).or_default();
        if named.things.last() != Some(&thing) {
            named.things.push(thing);
        }
        match document.map(Page::Document) {
            None => named.is_served = true,
            Some(page) if is_title => named.titled = Some(page.beside(named.titled)),
            Some(page) => named.documents = Some(page.beside(named.documents)),
        }
    }

    /// Whether anything has a name of this key.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.names.contains_key(key)
    }

    /// What has a name of this key, in order.
    pub(super) fn named(&self, key: &str) -> impl Iterator<Item = &Thing> {
        let named = self.names.get(key).into_iter();
        let things = named.flat_map(|named| &named.things);
        things.filter_map(|thing| self.things.get(*thing as usize))
    }

    /// Looks the last part of `address` up; among titles too, if addresses are made of them.
    pub(super) fn find(&self, address: &str, by_title: bool) -> Page {
        let key = key(last_part(address));
        let named = self.names.get(&*key);
        let titled = |named: &Named| named.titled.filter(|_| by_title);
        let page = named.and_then(|named| named.documents.or_else(|| titled(named)));
        let is_served = named.is_some_and(|named| named.is_served);
        match page {
            Some(page) => page,
            None if is_served || is_generated(&key) || self.is_spelt_otherwise(&key) => {
                Page::Served
            }
            None => Page::Nothing,
        }
    }

    /// Whether a document, a folder or another file has this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        let named = self.names.get(&*key(last_part(name)));
        named.is_some_and(|named| named.documents.is_some() || named.is_served)
    }

    /// The page whose title the last part of `address` is.
    pub(super) fn titled(&self, address: &str) -> Option<DocumentId> {
        match self.names.get(&*key(last_part(address)))?.titled? {
            Page::Document(id) => Some(id),
            _ => None,
        }
    }

    /// Whether `name` may be the ASCII spelling of a name: `cafe` or `caf` of `café`, `zhou` of `周`. Its length is asked
    /// first, for every name of the archive.
    fn is_spelt_otherwise(&self, name: &str) -> bool {
        self.spelt_otherwise.iter().any(|(ascii, others)| {
            let mut letters = name.bytes();
            (ascii.len()..=ascii.len() + LONGEST_SPELLING * others).contains(&name.len())
                && ascii
                    .bytes()
                    .all(|wanted| letters.any(|letter| letter == wanted))
        })
    }

    /// Whether the site's generator has a tag of this kind, and does not build a site where it names nothing.
    pub(super) fn has_tag(&self, kind: Kind) -> bool {
        match kind {
            Kind::Post | Kind::File => self.generator == Generator::Jekyll,
            Kind::Page => self.generator == Generator::Hugo,
            Kind::Address => false,
        }
    }

    /// What a tag of this kind names by `name`; `None` where that cannot be known.
    pub(super) fn find_tag(&self, kind: Kind, name: &str) -> Option<Page> {
        let name = name.trim_start_matches('/');
        // What has no file of Markdown may be made by a plug-in, or by a taxonomy.
        let (found, is_certain) = match kind {
            Kind::Post => {
                let post = with_full_date(name.rsplit('/').next()?);
                let post = post.and_then(|post| self.posts.get(&*post));
                (post.copied().unwrap_or(Page::Nothing), true)
            }
            Kind::File => (self.ending_with(name), is_markdown(name)),
            Kind::Page | Kind::Address => {
                let found = self.ending_with(&logical(name));
                (found, self.can_be_no_list(name))
            }
        };
        (found != Page::Nothing || is_certain).then_some(found)
    }

    /// Whether the name is that of a file, and not of a term that pages are listed by, or of one that a template makes.
    fn can_be_no_list(&self, name: &str) -> bool {
        let mut makers = self.named("content");
        if makers.any(|thing| thing.path.ends_with("_content.gotmpl")) {
            return false;
        }
        let path = logical(name);
        let is_list = path.split('/').any(is_generated);
        let is_known = |part| self.ending_with(part) != Page::Nothing;
        let parts = path.rsplit_once('/');
        is_markdown(name)
            || !is_list && parts.is_none_or(|(above, last)| is_known(above) || is_known(last))
    }

    /// What has this path, or one that ends with it.
    fn ending_with(&self, path: &str) -> Page {
        if path.is_empty() {
            return Page::Served;
        }
        let fits = |thing: &&Thing| {
            let own = match self.generator {
                Generator::Hugo => logical(thing.path_of_page()).into(),
                _ => Cow::Borrowed(&*thing.path),
            };
            let before = own.strip_suffix(path);
            before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let key = key(last_part(path));
        let mut found = self.named(&key).filter(fits).peekable();
        if found.peek().is_none() {
            return Page::Nothing;
        }
        // A page is what is meant where a folder is called like it.
        let mut documents = found.filter_map(|thing| thing.document);
        match (documents.next(), documents.next()) {
            (Some(only), None) => Page::Document(only),
            _ => Page::Served,
        }
    }
}

impl Thing {
    /// The path, without its extension where that is no page's.
    fn path_of_page(&self) -> &str {
        let start = self.path.rfind('/').map_or(0, |slash| slash + 1);
        let dot = self
            .path
            .rfind('.')
            .filter(|dot| *dot > start && self.document.is_none());
        self.path
            .get(..dot.unwrap_or(self.path.len()))
            .unwrap_or(&self.path)
    }
}

impl Page {
    /// What this is called together with what else is called so.
    fn beside(self, held: Option<Page>) -> Page {
        match held {
            Some(held) if held != self => Page::Served,
            _ => self,
        }
    }
}

/// Gives a name to a page; what several have is served.
pub(super) fn insert(pages: &mut QuickMap<Text, Page>, name: &str, page: Page) {
    let held = pages.entry(name.into()).or_insert(page);
    *held = page.beside(Some(*held));
}

/// How many ASCII letters stand for one other at most: `zhuang`.
const LONGEST_SPELLING: usize = 6;

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
    language_of(name).0
}

/// The name of a file without its language, and the language.
pub(super) fn language_of(name: &str) -> (&str, Option<&str>) {
    let parts = name.rsplit_once('.').filter(|(_, code)| is_language(code));
    parts.map_or((name, None), |(before, code)| (before, Some(code)))
}

/// `en`, `pt-br`
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let is_part = |part: &str| part.len() == 2 && part.bytes().all(|one| one.is_ascii_lowercase());
    parts.all(is_part)
}
