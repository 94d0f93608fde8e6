const { existsSync } = require('node:fs');
const { resolve } = require('node:path');

/**
 * Our sources import each other as `./x.js`, the name they have after the build; in a test the file is `./x.ts`.
 * Packages are left alone, so that a real `./x.js` of theirs is never shadowed.
 */
module.exports = (request, options) => {
  if (request.startsWith('.') && request.endsWith('.js') && !options.basedir.includes('node_modules')) {
    for (const extension of ['.ts', '.tsx']) {
      const file = resolve(options.basedir, request.replace(/\.js$/, extension));
      if (existsSync(file)) return file;
    }
  }
  return options.defaultResolver(request, options);
};
