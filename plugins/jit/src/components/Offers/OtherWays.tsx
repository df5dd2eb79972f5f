import Button from '@material-ui/core/Button';
import { useTranslate } from '../../translation';
import { Askable, BreakGlassButton, canBreakGlass } from '../RequestDialog';
import { canAskForOthersOnly } from './offerRules';

interface OtherWaysProps {
  offer: Askable;
  entityRef: string;
  onAsk: (offer: Askable) => void;
}

/** What is left of an offer that the reader cannot just ask for. */
export const OtherWays = ({ offer, entityRef, onAsk }: OtherWaysProps) => {
  const t = useTranslate();
  return (
    <>
      {canAskForOthersOnly(offer) && (
        <Button
          size="small"
          variant="outlined"
          aria-haspopup="dialog"
          aria-label={t('forecast.askForColleagueOf', { title: offer.title })}
          onClick={() => onAsk(offer)}
        >
          {t('forecast.askForColleague')}
        </Button>
      )}
      {canBreakGlass(offer) && (
        <BreakGlassButton offer={offer} entityRef={entityRef} />
      )}
    </>
  );
};
