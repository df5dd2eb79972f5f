import { AccessRequest } from '@backstage-jit/plugin-jit-common';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { useHoldings, useNow } from '../../hooks';
import { useTranslate } from '../../translation';
import { describeHoldings } from '../../words';

/** What the person who would receive it has and had at the same place. */
export const Held = ({ request }: { request: AccessRequest }) => {
  const t = useTranslate();
  const now = useNow(30_000);
  const { value, error } = useHoldings(request);
  const held = value && describeHoldings(t, value, now);
  const { primaryTitle: name } = useEntityPresentation(request.subject);

  return (
    <div>
      <Typography variant="body2">
        <strong>{t('inbox.held', { name })}</strong>
        {!value && error && `: ${t('inbox.heldUnknown')}`}
      </Typography>
      {held && (
        <>
          <Typography variant="body2">
            {held.now.length
              ? t('inbox.holdsNow', { what: held.now.join('; ') })
              : t('inbox.holdsNothing')}
          </Typography>
          <Typography variant="body2">
            {held.before.length
              ? t('inbox.heldBefore', { what: held.before.join('; ') })
              : t('inbox.heldNothing')}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {value.more && `${t('inbox.heldMore')} `}
            {t('inbox.heldAsFar')}
          </Typography>
        </>
      )}
    </div>
  );
};
