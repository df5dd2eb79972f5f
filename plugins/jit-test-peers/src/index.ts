/**
 * What stands for Okta and AWS in the tests of this repository, and a real scaffolder.
 *
 * @packageDocumentation
 */
export * from './aws';
export * from './okta';
export * from './scaffolder';
