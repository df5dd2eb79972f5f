export { FakeOutsideServer } from './FakeOutsideServer';
export { RemoteFakeOutside } from './RemoteFakeOutside';
