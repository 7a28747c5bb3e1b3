export default function (eleventyConfig) {
  eleventyConfig.addFilter('shout', (text) => text.toUpperCase());
  return {
    pathPrefix: '/diary/',
    dir: { input: 'src', includes: '_parts', data: '_facts' },
  };
}
