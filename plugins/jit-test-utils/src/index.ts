/**
 * The provider conformance kit, a life and a storm in a real backend, a fake provider over a fake outside world, and a test clock.
 *
 * @packageDocumentation
 */
export * from './clock';
export * from './conformance';
export * from './context';
export * from './fake';
export * from './life';
export * from './module';
export * from './storm';
