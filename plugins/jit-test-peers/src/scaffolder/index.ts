export { Pages } from './Pages';
export * from './pageTemplates';
export { ScaffolderPeer } from './ScaffolderPeer';
