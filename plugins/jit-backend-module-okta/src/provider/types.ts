import {
  ConnectionContext,
  LeaseContext,
  ProviderHandle,
} from '@backstage-jit/plugin-jit-node';
import { OktaConnection } from '../connection/connectionSchema';
import { OktaCall } from '../connection/OktaClient';
import { GroupParams } from './paramsSchema';

/** The annotation of a catalog User that names their login in Okta. */
export const LOGIN_ANNOTATION = 'okta.com/login';

/** Whom and what it is about, by ids that no renaming changes. Committed before the membership is made. */
export interface MembershipHandle extends ProviderHandle {
  v: 1;
  userId: string;
  groupId: string;
  /** The lease that user and group were checked for. */
  checkedFor: string;
}

export type GroupLeaseContext = LeaseContext<
  GroupParams,
  MembershipHandle,
  OktaConnection
>;

export type GroupConnectionContext = ConnectionContext<OktaConnection>;

/** A call about a lease. */
export interface GroupCall extends OktaCall {
  ctx: GroupLeaseContext;
}
