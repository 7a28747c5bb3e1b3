// The renderers of npm: JSON strings in, one a line; JSON out, one a line. The argument names the renderer.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
const require = createRequire(process.cwd() + "/");

const renderers = {
  "commonmark.js": () => {
    const { Parser, HtmlRenderer } = require("commonmark");
    const parser = new Parser();
    const renderer = new HtmlRenderer();
    return (text) => {
      const html = renderer.render(parser.parse(text));
      return { html, definitions: Object.entries(parser.refmap).map(([label, one]) => [label, one.destination]) };
    };
  },
  // As Eleventy calls it.
  "markdown-it": () => {
    const markdown = require("markdown-it")({ html: true });
    return (text) => {
      const environment = {};
      const html = markdown.render(text, environment);
      const definitions = Object.entries(environment.references ?? {});
      return { html, definitions: definitions.map(([label, one]) => [label, one.href]) };
    };
  },
  // With the plug-in that most sites add.
  "markdown-it-footnote": () => {
    const markdown = require("markdown-it")({ html: true }).use(require("markdown-it-footnote"));
    return (text) => ({ html: markdown.render(text) });
  },
  // Not a renderer: the examples of the specification.
  "specification": () => () => ({ tests: require("commonmark-spec").tests.map((one) => one.markdown) }),
};

const render = renderers[process.argv[2]]();
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(render(JSON.parse(line))) + "\n");
}
