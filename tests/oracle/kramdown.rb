# kramdown with its GFM parser, as Jekyll calls it: JSON strings in, one a line; JSON out, one a line.
require "json"
require "kramdown"
require "kramdown-parser-gfm"

# The definitions that the parser holds after reading, which it does not give away.
module Definitions
  def parse
    super
    @root.options[:definitions] = @link_defs.map { |label, (destination, _)| [label, destination] }
  end
end
Kramdown::Parser::GFM.prepend(Definitions)

$stdout.sync = false
$stdin.each_line do |line|
  document = Kramdown::Document.new(JSON.parse(line), input: "GFM", hard_wrap: false, syntax_highlighter: nil)
  html = document.to_html
  broken = document.warnings.filter_map { |warning| warning[/\ANo link definition for link ID '(.*)' found on line/m, 1] }
  puts JSON.generate(html: html, definitions: document.root.options[:definitions], broken: broken)
end
