import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircleOutline';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import { ReactNode } from 'react';
import { useTranslate } from '../../translation';
import { contextLines } from '../../words';
import { Problem } from '../Problem';
import { ApprovalForecast } from './ApprovalForecast';
import { forecastWords } from './forecastWords';
import { Forecast } from './useForecast';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1.5, 2),
    minHeight: 56,
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.default,
    overflowWrap: 'anywhere',
  },
  yes: { color: theme.palette.success.main },
  wait: { color: theme.palette.info.main },
  no: { color: theme.palette.error.main },
}));

interface ForecastPanelProps {
  forecast: Forecast;
  /** What is still missing, said instead. */
  missing?: string;
  later: boolean;
  /** Whether somebody else gets it. */
  forOther: boolean;
}

/** What happens when it is asked for: live, and with the rule when it is refused. */
export const ForecastPanel = (props: ForecastPanelProps) => {
  const { forecast, missing, later, forOther } = props;
  const classes = useStyles();
  const t = useTranslate();
  const { preview, error, old } = forecast;

  if (error && !old && !missing) {
    return <Problem error={error} />;
  }
  const parts = preview?.leases ?? [];
  const refusal = parts.find(each => each.refusal)?.refusal;
  const plan = parts.flatMap(each => each.plan ?? []);
  const residual = parts.flatMap(each => each.residual ?? []);
  const outcome = (): [ReactNode, string] => {
    if (missing) {
      return [<HourglassEmptyIcon className={classes.wait} />, missing];
    }
    if (!preview || (error && old)) {
      return [
        <HourglassEmptyIcon className={classes.wait} />,
        t('request.looking'),
      ];
    }
    if (refusal) {
      return [
        <BlockIcon className={classes.no} />,
        `${t('request.notSo')}: ${refusal}`,
      ];
    }
    return [
      preview.automatic ? (
        <CheckCircleIcon className={classes.yes} />
      ) : (
        <HourglassEmptyIcon className={classes.wait} />
      ),
      forecastWords(t, preview, { later, forOther }),
    ];
  };
  const [icon, words] = outcome();
  const uncertain = missing || error || refusal;
  const approval = uncertain ? undefined : preview?.approval;
  // A refusal names them itself.
  const context = uncertain ? [] : contextLines(t, parts);

  return (
    <div className={classes.root}>
      <span aria-hidden>{icon}</span>
      <div role="status" aria-label={t('request.forecast')}>
        <Typography variant="body1">{words}</Typography>
        {context.map(line => (
          <Typography key={line} variant="body2">
            {line}
          </Typography>
        ))}
        {approval && <ApprovalForecast approval={approval} />}
        {!missing && plan.length > 0 && (
          <Typography variant="body2">
            {t('request.plan', { plan: plan.join('; ') })}
          </Typography>
        )}
        {!missing && residual.length > 0 && (
          <Typography variant="body2">
            {t('request.residual', { residual: residual.join('; ') })}
          </Typography>
        )}
      </div>
    </div>
  );
};
