export default {
  title: 'Shed notes',
  url: 'https://notes.example',
  baseUrl: '/diary/',
  onBrokenLinks: 'ignore',
  presets: [['classic', { docs: { sidebarPath: false }, blog: { onUntruncatedBlogPosts: 'ignore' } }]],
};
