import {
  CreateRequest,
  RequestDecision,
  RequestPreview,
} from '@backstage-jit/plugin-jit-common';
import { LeaseCriteria } from '../database/operations/leases/whereMatches';
import {
  Decider,
  RequestFilter,
} from '../database/operations/requests/listRequests';
import { RequestView } from '../database/operations/requests/placeRequest';
import { PageOptions, RecordPage } from '../database/page';
import { CallOptions, WriteOptions } from '../leases/LeaseService';
import { Offers } from '../policy';

export interface OfferQuery {
  /** Normalised. */
  entityRef?: string;
  /** Only what the glass could be broken for, without a look at the catalog. */
  byCopy?: boolean;
}

/**
 * What may be done with requests.
 */
export interface RequestService {
  /** @throws NotFoundError for an unknown entity; CatalogUnavailableError */
  listOffers(query: OfferQuery, options: CallOptions): Promise<Offers>;

  /**
   * @throws NotFoundError for an unknown profile or entity, InputError naming the field, NotAllowedError naming the rule, ConflictError
   * naming the limit, ServiceUnavailableError for a closed profile
   */
  create(
    request: CreateRequest,
    options: WriteOptions<RequestView>,
  ): Promise<RequestView>;

  /** The same without any effect: what `create` would refuse is in the answer. */
  preview(
    request: CreateRequest,
    options: CallOptions,
  ): Promise<RequestPreview>;

  /** @throws NotFoundError */
  getRequest(id: string, options: CallOptions): Promise<RequestView>;

  listRequests(
    query: {
      filter: RequestFilter;
      /** Only those that the caller can decide about now. */
      waitingForCaller?: boolean;
      page: PageOptions;
      visibleTo?: Decider;
      criteria?: LeaseCriteria;
    },
    options: CallOptions,
  ): Promise<RecordPage<RequestView>>;

  /**
   * @throws NotFoundError ConflictError when there is nothing to decide any more, when the request or its rules have changed, or when a limit
   * is reached; NotAllowedError naming the rule; InputError naming the field
   */
  decide(
    order: RequestDecision & { id: string },
    options: WriteOptions<RequestView>,
  ): Promise<RequestView>;

  /** @throws NotFoundError ConflictError when something of it was granted already */
  withdraw(
    order: { id: string },
    options: WriteOptions<RequestView>,
  ): Promise<RequestView>;
}
