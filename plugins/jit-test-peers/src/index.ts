/**
 * What stands for Okta and AWS in the tests of this repository.
 *
 * @packageDocumentation
 */
export * from './aws';
export * from './okta';
