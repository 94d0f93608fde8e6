const { TestEnvironment } = require('jest-environment-node');

/** Skips what comes after the first test that failed: who asks whether anything fails need not see what else does. */
module.exports = class extends TestEnvironment {
  hasFailed = false;

  handleTestEvent(event) {
    if (event.name === 'test_done' && event.test.errors.length > 0) this.hasFailed = true;
    if (event.name === 'test_start' && this.hasFailed) event.test.mode = 'skip';
  }
};
