import { LeaseRecord } from '../../../leases/records';

/** The parts of a bundle were granted in their order, had one end, and were taken back the other way round. */
export function checkBundles(leases: LeaseRecord[]): string[] {
  const parts = leases
    .filter(({ bundle }) => bundle)
    .sort((a, b) => a.bundle!.part - b.bundle!.part);
  return parts.flatMap(later =>
    parts
      .filter(
        ({ requestId, bundle }) =>
          requestId === later.requestId && bundle!.part < later.bundle!.part,
      )
      .flatMap(earlier => checkOrder(earlier, later)),
  );
}

function checkOrder(earlier: LeaseRecord, later: LeaseRecord): string[] {
  const problems: string[] = [];
  const tell = (what: string) =>
    problems.push(`Of one bundle, ${earlier.id} and ${later.id}: ${what}`);
  if (later.grantedAt! < earlier.grantedAt!) {
    tell('the later part was there first');
  }
  if (later.expiresAt !== earlier.expiresAt) {
    tell(`they ended ${later.expiresAt! - earlier.expiresAt!} ms apart`);
  }
  if (later.endReason !== earlier.endReason) {
    tell(`one is ${earlier.endReason}, the other ${later.endReason}`);
  }
  if (later.verifiedAt! > earlier.verifiedAt!) {
    tell('the earlier part was gone first');
  }
  return problems;
}
