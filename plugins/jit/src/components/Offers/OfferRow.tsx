import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import BlockIcon from '@material-ui/icons/Block';
import { useAction } from '../../hooks';
import { durationWords } from '../../time';
import { useTranslate } from '../../translation';
import { offerWords } from '../../words';
import { Problem } from '../Problem';
import { Askable, newDraft, toCreateRequest } from '../RequestDialog';
import { OfferFrame } from './OfferFrame';
import { canAsk, needsNothing } from './offerRules';
import { OtherWays } from './OtherWays';

const useStyles = makeStyles(theme => ({
  refusal: { display: 'flex', gap: theme.spacing(0.75) },
  icon: { fontSize: 18, marginTop: 2, flex: 'none' },
}));

interface OfferRowProps {
  offer: Askable;
  entityRef: string;
  /** Whether the reader has it here already, or has asked for it. */
  standing?: 'held' | 'asked';
  onAsk: (offer: Askable) => void;
}

/** One profile: the usual thing with one click where nothing has to be said, the dialog for all else, or why not. */
export const OfferRow = (props: OfferRowProps) => {
  const { offer, entityRef, standing, onAsk } = props;
  const classes = useStyles();
  const t = useTranslate();
  const { title } = offer;
  const create = useAction<{}>((api, _, options) =>
    api.createRequest(
      toCreateRequest({ draft: newDraft(offer), offer, entityRef }),
      options,
    ),
  );
  const quick = canAsk(offer) && needsNothing(offer) && !standing;
  const dialogOnly = !quick && !standing;
  const usual = durationWords(t, offer.duration.defaultMs);

  const words = canAsk(offer) ? (
    <Typography variant="body2" color="textSecondary">
      {[...offerWords(t, offer), standing && t(`offer.${standing}`)]
        .filter(Boolean)
        .join(' · ')}
    </Typography>
  ) : (
    <Typography variant="body2" className={classes.refusal}>
      <BlockIcon className={classes.icon} aria-hidden />
      <span>
        <strong>{t(offer.refusal ? 'offer.refused' : 'offer.closed')}</strong>
        {': '}
        {offer.refusal ??
          `${offer.closed?.replace(/\.$/, '')}. ${t('offer.closedHow')}`}
      </span>
    </Typography>
  );
  const actions = canAsk(offer) ? (
    <>
      {quick && (
        <Button
          size="small"
          variant="contained"
          color="primary"
          disabled={create.busy}
          aria-label={t('offer.quickOf', { title, duration: usual })}
          onClick={() => create.run({})}
        >
          {create.busy ? t('offer.asking') : usual}
        </Button>
      )}
      <Button
        size="small"
        variant={dialogOnly ? 'contained' : 'outlined'}
        color={dialogOnly ? 'primary' : 'default'}
        aria-haspopup="dialog"
        aria-label={t(dialogOnly ? 'offer.askOf' : 'offer.moreOf', { title })}
        onClick={() => onAsk(offer)}
      >
        {t(dialogOnly ? 'offer.ask' : 'offer.more')}
      </Button>
    </>
  ) : (
    <OtherWays offer={offer} entityRef={entityRef} onAsk={onAsk} />
  );

  return (
    <OfferFrame offer={offer} words={words} actions={actions}>
      {create.error && (
        <Problem error={create.error} onRetry={() => create.run({})} />
      )}
    </OfferFrame>
  );
};
