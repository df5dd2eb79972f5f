import Typography from '@material-ui/core/Typography';
import { formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { EntityName } from '../EntityName';
import { useWarningStyles } from './useWarningStyles';

interface BreakGlassTollProps {
  note?: string;
  /** Who is told besides the operators; undefined until it is known. */
  told?: string[];
  /** Epoch milliseconds. */
  reviewDueAt: number;
  now: number;
}

/** What breaking the glass comes with: who is told, and who looks at it by when. */
export const BreakGlassToll = (props: BreakGlassTollProps) => {
  const { note, told, reviewDueAt, now } = props;
  const classes = useWarningStyles();
  const t = useTranslate();
  return (
    <div className={classes.box}>
      {note && <Typography variant="body2">{note}</Typography>}
      <Typography variant="body2">{t('breakGlass.text')}</Typography>
      <Typography variant="body2">
        {t('breakGlass.told')} {t('breakGlass.toldOperators')}
        {told === undefined && `, ${t('breakGlass.toldOthers')}`}
        {told?.map((ref, index) => (
          <span key={ref}>
            {index === told.length - 1 ? ` ${t('breakGlass.and')} ` : ', '}
            <EntityName entityRef={ref} />
          </span>
        ))}
      </Typography>
      <Typography variant="body2">
        <strong>
          {t('breakGlass.reviewBy', {
            time: formatInstant(reviewDueAt, { now }),
          })}
        </strong>{' '}
        {t('breakGlass.reviewMissed')}
      </Typography>
    </div>
  );
};
