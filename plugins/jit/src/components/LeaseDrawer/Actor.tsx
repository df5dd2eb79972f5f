import { useTranslate } from '../../translation';
import { EntityName } from '../EntityName';

/** Who did something: a person, or the portal by itself. */
export const Actor = ({ actor }: { actor: string }) => {
  const t = useTranslate();
  return actor.startsWith('system:') ? (
    <>{t('drawer.automatic')}</>
  ) : (
    <EntityName entityRef={actor} />
  );
};
