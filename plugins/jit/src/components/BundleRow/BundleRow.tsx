import { Lease } from '@backstage-jit/plugin-jit-common';
import { useLive } from '../../hooks';
import { mergeParts } from '../../words';
import { LeaseRowProps } from '../LeaseRow';
import { Bundle } from './Bundle';

interface BundleRowProps
  extends Omit<LeaseRowProps, 'lease' | 'narrow' | 'part'> {
  /** Those of its parts that the list has: at least one. */
  known: Lease[];
}

const FetchedBundle = ({ known, ...row }: BundleRowProps) => {
  const { requestId } = known[0];
  const { value } = useLive({
    key: requestId,
    load: (api, signal) => api.getRequest(requestId, { signal }),
  });
  // Until it has answered, and should it fail, what is known is what there is to show.
  return <Bundle parts={mergeParts(known, value?.leases ?? [])} {...row} />;
};

/** A bundle with all of its parts, also those that its list leaves out. */
export const BundleRow = ({ known, ...row }: BundleRowProps) =>
  known.length < (known[0].bundle?.parts ?? 0) ? (
    <FetchedBundle known={known} {...row} />
  ) : (
    <Bundle parts={known} {...row} />
  );
