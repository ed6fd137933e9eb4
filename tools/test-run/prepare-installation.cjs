// As built, and looked for only when tests of the product run: tests of less need no build.
module.exports = () => require('../../dist/e2e/src/testing/prepared-installation.js').prepareInstallation();
