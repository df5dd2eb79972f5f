export { OktaFront } from './OktaFront';
export { OktaOrg } from './OktaOrg';
export { OktaPeer } from './OktaPeer';
