export { ScaffolderTemplateProvider } from './ScaffolderTemplateProvider';
