/* eslint-disable @backstage/no-relative-monorepo-imports -- what stands for Okta and AWS is told once: beside the modules whose tests need it first */
export { AwsFront } from '../../../../../jit-backend-module-aws/src/__testUtils__/AwsFront';
export { AwsPeer } from '../../../../../jit-backend-module-aws/src/__testUtils__/AwsPeer';
export { refusal } from '../../../../../jit-backend-module-aws/src/__testUtils__/answers';
export {
  connectionTo,
  keysOf,
  roleArn,
} from '../../../../../jit-backend-module-aws/src/__testUtils__/createStsHarness';
export { OktaFront } from '../../../../../jit-backend-module-okta/src/__testUtils__/OktaFront';
export { OktaPeer } from '../../../../../jit-backend-module-okta/src/__testUtils__/OktaPeer';
