/**
 * Live environments as entities of the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleJit as default } from './module';
