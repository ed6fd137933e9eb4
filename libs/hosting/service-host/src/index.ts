export type { Engines, ServiceEngines } from './engines';
export { readHostConfig, type HostConfig, type HostDefaults } from './host.config';
export { installationSecrets, type InstallationSecrets } from './installation-secrets';
export type { Installation, Log, ServiceDefinition, ServiceName, ServiceRuntime } from './service-definition';
export { StartupError } from './startup-error';
