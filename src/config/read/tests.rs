use super::*;
use crate::config::FILE_NAME;

const RULES: &[&str] = &["body/placeholder", "links/unused-definition", "week/gap"];

fn read(text: &str) -> Result<Config, ConfigError> {
    super::read(Path::new(FILE_NAME), text, RULES)
}

#[test]
fn show() {
    for text in [
        "exlude = []", "dialect = 'gfm'", "[site]\nroute = []", "xyz = 1\nabc = 2", "[[series]]\nname='a'\ninclude=['*']\n[[series]]\nname = 'w'", "[series]\nname = 'w'",
        "exclude = 'x'", "exclude = ['a', 3]", "site = 4", "[[series]]\nname='a'\ninclude=['*']\nnumbering = 'epoch'",
        "[[series]]\nname='a'\ninclude=['*']\nnumbering = { scheme = 'sequence', first = -1 }",
        "[[series]]\nname='a'\ninclude=['*']\nnumbering = { scheme = 'sequence', first = '1' }",
        "[[series]]\nname='a'\ninclude=['*']\nnumbering = { first = 1 }",
        "[[series]]\nname='a'\ninclude=['*']\nnumbering = { scheme = 'seq' }",
        "[[series]]\nname='a'\ninclude=['*']\nnumbering = { scheme = 'epoch' }",
        "[[series]]\nname='a'\ninclude=['*']\nnumbering = { scheme = 'epoch', week-zero = 2009-01-14 }",
        "[[series]]\nname='a'\ninclude=['*']\nnumbering = { scheme = 'epoch', week-zero = 2009-01-12T10:00:00Z }",
        "[[series]]\nname='a'\ninclude=['*']\nnumbering = { scheme = 'iso-week', week-zero = 2009-01-12 }",
        "[[series]]\nname='a'\ninclude=['*']\n[[series]]\nname='a'\ninclude=['*']\n",
        "[rules]\n\"links/unused-definitions\" = 'off'", "[rules]\n\"links/*\" = 'off'", "[rules]\nmd013 = 'off'",
        "[rules]\n'week/gap' = 'warn'", "[rules]\n'week/gap' = false", "[rules]\n'week/gap' = 'deny'", "[rules]\nweek/gap = 'off'",
        "exclude = ['a[']", "exclude = ['/a']", "exclude = ['./a']", "exclude = ['a\\b']", "exclude = ['!a']", "exclude = ['../a']", "exclude = ['']", "exclude = ['{a,b']",
        "[[overrides]]\nfiles = ['a/']\nrules = {}", "[[overrides]]\nfiles = ['a']",
        "enforce-from = '860'", "enforce-from = 'x'", "enforce-from = '2023-W53'", "enforce-from = '2024-W7'", "enforce-from = -1", "enforce-from = 8.5", "enforce-from = 2024-02-31", "enforce-from = '2024-02-31'", "enforce-from = 10:00:00", "enforce-from = 99999999999",
        "[site]\nroutes = ['a']", "[site]\nroutes = ['https://a.b/c']", "[site]\nhosts = ['https://a.b/c']", "[site]\nhosts = ['']", "[site]\nhosts = ['a b']", "[site]\ndialect = 'markdown'",
        "[site\n", "a = [1,", "a = 1\na = 2", "a", "= 3", "a = 'é\nb = 2", "[rules]\r\n\"week/gap\" = off", "\u{feff}exlude = 1", "x = 1 \u{0} y", "[site]\n[site]\n",
        "enforce-from = 860,", "exclude = [\"a\" \"b\"]", "site.dialect = 'x'", "site.x = 1",
    ] {
        let error = read(text).expect_err(text);
        eprintln!("--- {text}\nM {error}\nT {:?}\nL {}\nH {}\n", error.marked_text(), error.label, error.help.as_deref().unwrap_or("-"));
    }
    let error = read("exclude = []\nexlude = 'é'").unwrap_err();
    eprintln!("{:?}", miette::Report::new(error));
    let error = read("exclude = [\n").unwrap_err();
    eprintln!("{:?}", miette::Report::new(error));
}
