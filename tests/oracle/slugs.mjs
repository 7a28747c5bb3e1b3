// The sluggers of npm: the headings as a JSON list in; JSON out, the ids of all headings by slugger.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
const require = createRequire(process.cwd() + "/");
const load = async (name) => import(pathToFileURL(require.resolve(name)));

const headings = JSON.parse(readFileSync(0, "utf8"));
const MarkdownIt = require("markdown-it");
const anchor = (await load("markdown-it-anchor")).default;
const { default: GithubSlugger } = await load("github-slugger");
const { default: sindresorhus } = await load("@sindresorhus/slugify");
const { slugify: vitepress } = await load("@mdit-vue/shared");
const npm = require("slugify");

// As sites call them: for the text of a heading, with a number where an id is there already.
const ids = (options) => {
  const found = [];
  const callback = (token) => found.push(token.attrGet("id"));
  new MarkdownIt().use(anchor, { ...options, callback }).render(headings.map((one) => `## ${one}`).join("\n\n"));
  return found;
};
const github = new GithubSlugger();
const answers = {
  "github-slugger": ids({ slugify: (text) => text, uniqueSlugStartIndex: 1e6 }).map((text) => github.slug(text.replace(/-1\d{6}$/, ""))),
  "markdown-it-anchor": ids({}).map(decodeURIComponent),
  "@sindresorhus/slugify": ids({ slugify: (text) => sindresorhus(text, { decamelize: false }) }),
  vitepress: ids({ slugify: vitepress }),
  "slugify, lower": ids({ slugify: (text) => npm(text, { lower: true }) }),
  "slugify, strict": ids({ slugify: (text) => npm(text, { lower: true, strict: true }) }),
};
console.log(JSON.stringify(answers));
