export { refusal } from './answers';
export { AwsFront } from './AwsFront';
export { AwsPeer } from './AwsPeer';
export { AwsSession } from './AwsSession';
export { keysOf } from './keysOf';
export { LONGEST_OF_A_ROLE } from './RolePolicies';
