import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';

/** The entity ref of who is signed in; undefined until it is known. */
export function useMe(): string | undefined {
  const identity = useApi(identityApiRef);
  const [me, setMe] = useState<string>();
  useEffect(() => {
    let wanted = true;
    identity.getBackstageIdentity().then(
      ({ userEntityRef }) => wanted && setMe(userEntityRef.toLowerCase()),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [identity]);
  return me;
}
