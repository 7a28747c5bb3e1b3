use super::*;

#[test]
fn tags_name_posts_files_pages_and_addresses() {
    let named = |destination| {
        read(destination).map(|named| (named.kind, named.name, named.fragment.unwrap_or("")))
    };
    for (destination, kind, name, fragment) in [
        (
            "{% post_url 2024-02-16-a %}",
            Kind::Post,
            "2024-02-16-a",
            "",
        ),
        (
            "{%- post_url /b/2024-02-16-a -%}#c",
            Kind::Post,
            "/b/2024-02-16-a",
            "c",
        ),
        (
            "{{ site.baseurl }}{% link _posts/a b.md %}",
            Kind::File,
            "_posts/a b.md",
            "",
        ),
        (
            "{{site.url}}{{ site.baseurl }}/a#b",
            Kind::Address,
            "/a#b",
            "",
        ),
        ("{{ '/a/' | relative_url }}", Kind::Address, "/a/", ""),
        ("{{ \"/a/\" | url }}#b", Kind::Address, "/a/", "b"),
        (
            "{{ '/a/' | prepend: site.baseurl }}",
            Kind::Address,
            "/a/",
            "",
        ),
        ("{{< ref \"a.md#b\" >}}", Kind::Page, "a.md", "b"),
        ("{{% relref `/a/b` %}}#c", Kind::Page, "/a/b", "c"),
        ("{{<ref a>}}", Kind::Page, "a", ""),
        ("{{< ref \"#b\" >}}", Kind::Page, "", "b"),
    ] {
        assert_eq!(
            named(destination),
            Some((kind, name, fragment)),
            "{destination}"
        );
    }
    for unknown in [
        "/a",
        "{{ page.url }}",
        "{{ page.url }}#a",
        "{% post_url {{ page.x }} %}",
        "{% post_url a %}/b",
        "{{ '/a/' | append: b }}",
        "{{ site.baseurl }}/{{ a }}",
        "{{< ref path=\"a\" lang=\"ja\" >}}",
        "{{< ref \"a\" \"amp\" >}}",
        "{{</* ref \"a\" */>}}",
        "{{ '/a/' | url",
        "<%= a %>/b",
    ] {
        assert_eq!(named(unknown), None, "{unknown}");
    }
}
