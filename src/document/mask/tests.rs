use super::*;

fn masked(text: &str) -> String {
    let masked = mask(text, false, Openings::default()).text;
    assert_eq!(masked.len(), text.len(), "no offset may move");
    masked.replace(MARK, "•")
}

#[test]
fn tags_keep_their_length_and_their_lines() {
    assert_eq!(masked("a <%= by('x') %> b"), "a •xxxxxxxxxxx b");
    assert_eq!(masked("{{ site.url }}/x"), "•xxxxxxxxxxx/x");
    assert_eq!(masked("<% if a\n\nb %>c"), "•xxxx\n\nxxxxc");
}

#[test]
fn an_unclosed_tag_is_prose() {
    assert_eq!(
        masked("write `{{` and then\n\nclose it }}"),
        "write `{{` and then\n\nclose it }}"
    );
    assert_eq!(masked("5 <% of"), "5 <% of");
}

#[test]
fn what_tags_say_is_code_is_blank() {
    for (open, close) in [
        ("{% highlight ruby %}", "{% endhighlight %}"),
        ("{%- comment -%}", "{%- endcomment -%}"),
        ("{{< mermaid >}}", "{{< /mermaid >}}"),
        ("{{% code a=1 %}}", "{{%/code%}}"),
        ("- {% math() %}", "{% end %}"),
    ] {
        let text = format!("a\n\n{open}\n[é](b c){{{{ d }}}}\n{close} e");
        assert!(masked(&text).contains("x\n                \n•"), "{open}");
    }
    for prose in [
        "{% raw %}\n[a](b)\n{% endraw %}",
        "{{ code }}\n[a](b)\n{{ endcode }}",
        "Write `{% highlight %}` and\n[a](b) then {% endhighlight %}",
        "{% highlight %}\n[a](b)",
    ] {
        assert!(masked(prose).contains("[a](b)"), "{prose}");
    }
}

#[test]
fn braces_are_masked_in_mdx_alone() {
    assert_eq!(masked("a {b} c"), "a {b} c");
    let source = "import A from 'a'\n\nx {props.y} z";
    let Masked { text, tags, .. } = mask(source, true, Openings(&[]));
    assert_eq!(tags.len(), 2);
    assert!(text.ends_with(" z") && !text.contains("props"));
}
