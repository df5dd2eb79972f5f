/**
 * The provider conformance kit, a fake provider over a fake outside world, and a test clock.
 *
 * @packageDocumentation
 */
export * from './clock';
export * from './conformance';
export * from './context';
export * from './fake';
