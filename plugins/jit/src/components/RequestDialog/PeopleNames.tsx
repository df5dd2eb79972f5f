import { Fragment } from 'react';
import { useTranslate } from '../../translation';
import { EntityName } from '../EntityName';

/** More names than these are only counted. */
const NAMED = 4;

/** The first of some people by name, any of whom will do. */
export const PeopleNames = ({ refs }: { refs: string[] }) => {
  const t = useTranslate();
  const named = refs.slice(0, NAMED);
  const more = refs.length - named.length;
  return (
    <>
      {named.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 &&
            (index === refs.length - 1 ? ` ${t('forecast.or')} ` : ', ')}
          <EntityName entityRef={ref} />
        </Fragment>
      ))}
      {more > 0 && ` ${t('forecast.more', { count: more })}`}
    </>
  );
};
