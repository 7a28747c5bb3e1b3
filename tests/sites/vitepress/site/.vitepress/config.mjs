export default {
  base: '/shed/',
};
