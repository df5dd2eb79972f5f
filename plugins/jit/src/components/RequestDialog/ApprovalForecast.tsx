import { PreviewedApproval } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { durationWords } from '../../time';
import { useTranslate } from '../../translation';
import { PeopleNames } from './PeopleNames';

const useStyles = makeStyles(theme => ({
  steps: {
    margin: theme.spacing(0.5, 0),
    paddingLeft: theme.spacing(2.5),
    ...theme.typography.body2,
  },
}));

/** Who would decide, step by step, each with those who could. */
export const ApprovalForecast = ({
  approval,
}: {
  approval: PreviewedApproval;
}) => {
  const classes = useStyles();
  const t = useTranslate();
  const { steps, lapsesAfterMs } = approval;
  return (
    <>
      <ol
        className={classes.steps}
        aria-label={t(
          steps.length > 1 ? 'forecast.stepsInOrder' : 'forecast.steps',
        )}
      >
        {steps.map(({ rule, count, people }, index) => (
          <li key={index}>
            {count > 1 && (
              <>{t('forecast.someDecide', { n: String(count) })} </>
            )}
            <PeopleNames refs={people} />
            {count === 1 && <> {t('forecast.decides')}</>} ({rule})
          </li>
        ))}
      </ol>
      <Typography variant="body2">
        {t('forecast.lapses', { duration: durationWords(t, lapsesAfterMs) })}
      </Typography>
    </>
  );
};
