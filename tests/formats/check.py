"""Reads the reports that tests/formats.sh has written, as their consumers do: every format tells of the same findings in
files that exist.

usage: check.py WEEKNOTE_LINT REPOSITORY REPORTS, where REPORTS holds a folder for each archive of the repository
"""

import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import urllib.parse

import junitparser

linter, repository, reports = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff]")


def expect(condition, *what):
    if not condition:
        sys.exit(f"formats: {' '.join(map(str, what))}")


def command(line):
    """A workflow command as the runner of GitHub Actions reads it."""
    match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::([^\r\n]*)", line)
    expect(match, "not a workflow command:", line)
    properties = dict(pair.split("=", 1) for pair in match[2].split(","))

    def decoded(text):
        for code, char in {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}.items():
            text = text.replace(code, char)
        return text

    return match[1], {key: decoded(value) for key, value in properties.items()}, decoded(match[3])


def check(folder):
    def text(name):
        content = (folder / name).read_bytes().decode()
        found = HARMFUL.search(content)
        expect(not found, folder.name, name, "holds", found)
        return content

    def exists(path):
        return (repository / path).is_file()

    findings = json.loads(text("json"))["diagnostics"]
    lines = [json.loads(line) for line in text("jsonl").splitlines()]
    expect(lines == findings, folder.name, "jsonl and json differ")
    problems = [finding for finding in findings if finding["severity"] != "info"]

    run = json.loads(text("sarif"))["runs"][0]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    starts = [(place["region"]["startLine"], place["region"]["startColumn"]) for place in places]
    expect(starts == [(f["range"]["start"]["line"], f["range"]["start"]["column"]) for f in findings], "sarif: places")
    uris = [place["artifactLocation"]["uri"] for place in places]
    expect(all(exists(urllib.parse.unquote(uri)) for uri in uris), "sarif: a file that does not exist")

    issues = json.loads(text("gitlab"))
    expect([issue["check_name"] for issue in issues] == [f["rule"] for f in findings], "gitlab: rules")
    expect(len({issue["fingerprint"] for issue in issues}) == len(issues), "gitlab: fingerprints are not unique")
    expect(all(exists(issue["location"]["path"]) for issue in issues), "gitlab: a file that does not exist")

    comments = json.loads(text("rdjson"))["diagnostics"]
    expect(len(comments) == len(findings), "rdjson: findings")
    for comment, finding in zip(comments, findings):
        location = comment["location"]
        expect(exists(location["path"]), "rdjson: a file that does not exist")
        # Lines end as CommonMark says.
        content = (repository / location["path"]).read_bytes()
        for end, position in location["range"].items():
            before = re.split(rb"\r\n|\n|\r", content[: finding["range"][end]["offset"]])
            place = {"line": len(before), "column": len(before[-1]) + 1}
            expect(position == place, "rdjson:", position, "is not", place)

    suites = junitparser.JUnitXml.fromfile(folder / "junit")
    text("junit")
    cases = [case for suite in suites for case in suite]
    failed = [case for case in cases if any(isinstance(one, junitparser.Failure) for one in case.result)]
    expect(len(failed) == suites.failures == len(problems), "junit: failures")
    expect(len(cases) == suites.tests == max(1, len(findings)), "junit: test cases")
    expect(len({(case.classname, case.name) for case in cases}) == len(cases), "junit: two test cases of one name")

    # The most serious come first, and a last word on those that GitHub does not show.
    commands = [command(line) for line in text("github").splitlines() if not line.startswith("::notice title=weeknote-lint::")]
    order = ["error", "warning", "info"]
    findings = sorted(findings, key=lambda finding: order.index(finding["severity"]))
    kinds = {"error": "error", "warning": "warning", "info": "notice"}
    expect([kind for kind, _, _ in commands] == [kinds[f["severity"]] for f in findings], "github: kinds")
    titles = [(properties["title"], int(properties["line"])) for _, properties, _ in commands]
    expect(titles == [(f["rule"], f["range"]["start"]["line"]) for f in findings], "github: rules and lines")
    # Names that hold control characters are shown as something else.
    plain = [properties["file"] for _, properties, _ in commands if "week-13" not in properties["file"]]
    expect(all(exists(path) for path in plain), "github: a file that does not exist")

    for name in ["pretty", "concise"]:
        text(name)
    concise = len(text("concise").splitlines())
    expect(concise == len(findings), "concise: lines")
    return len(findings)


def on_a_terminal(folder, *arguments):
    """What a person's terminal is sent."""
    leader, follower = pty.openpty()
    with subprocess.Popen([linter, *arguments], cwd=folder, stdin=follower, stdout=follower, stderr=follower):
        os.close(follower)
        output = b""
        try:
            while block := os.read(leader, 65536):
                output += block
        except OSError:  # The other end is closed.
            pass
    os.close(leader)
    own = re.compile("\x1b\\[[0-9;]*m")
    output = own.sub("", output.decode().replace("\r\n", "\n"))
    expect(output, arguments, "print nothing")
    found = HARMFUL.search(output)
    expect(not found, arguments, "send a terminal", found)


for folder in sorted(reports.iterdir()):
    print(f"{folder.name}: {check(folder)} findings, the same in every format")

log = json.loads((reports.parent / "multitool.sarif").read_text())
remarks = log["runs"][0].get("results", [])
for remark in remarks:
    print(remark["ruleId"], remark["message"], remark["locations"][0]["physicalLocation"])
expect(not remarks, len(remarks), "remarks of the SARIF Multitool")

hostile = repository / "hostile"
for arguments in [["--diff", "--unsafe-fixes"], ["--statistics"], ["notes"], ["no \x1b[31m such \u202e path"]]:
    on_a_terminal(hostile, *arguments)
(hostile / "weeknote-lint.toml").write_text('[rules]\n"links/\x1b[31m\u202e" = "off"\n')
on_a_terminal(hostile)
print("a terminal is sent nothing but text and colours")
