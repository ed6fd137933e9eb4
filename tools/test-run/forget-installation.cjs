module.exports = () => require('../../dist/e2e/src/testing/prepared-installation.js').forgetPreparedInstallation();
