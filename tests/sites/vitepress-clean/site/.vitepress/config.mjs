export default {
  base: '/diary/',
  cleanUrls: true,
  srcDir: 'docs',
  srcExclude: ['**/README.md'],
  rewrites: {
    'letters/:name.md': 'post/:name.md',
    'old/week-3.md': 'third.md',
    'years/:year/:rest*': ':year/:rest*',
  },
};
