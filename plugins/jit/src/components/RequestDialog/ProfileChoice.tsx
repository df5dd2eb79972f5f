import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '../../translation';
import { Askable } from './Askable';

const useStyles = makeStyles(theme => ({
  option: {
    alignItems: 'flex-start',
    marginTop: theme.spacing(0.5),
    overflowWrap: 'anywhere',
  },
  label: { paddingTop: theme.spacing(1) },
}));

const OfferWords = ({ offer }: { offer: Askable }) => (
  <div style={{ overflowWrap: 'anywhere' }}>
    <Typography variant="body1">{offer.title}</Typography>
    {offer.description && (
      <Typography variant="body2" color="textSecondary">
        {offer.description}
      </Typography>
    )}
  </div>
);

interface ProfileChoiceProps {
  offers: Askable[];
  value: string;
  onChange: (offer: Askable) => void;
}

/** What to ask for, each with what it gives in words. */
export const ProfileChoice = ({
  offers,
  value,
  onChange,
}: ProfileChoiceProps) => {
  const classes = useStyles();
  const t = useTranslate();

  if (offers.length === 1) {
    return <OfferWords offer={offers[0]} />;
  }
  return (
    <FormControl component="fieldset">
      <Typography variant="subtitle2" component="legend">
        <strong>{t('request.profile')}</strong>
      </Typography>
      <RadioGroup
        value={value}
        onChange={event =>
          onChange(offers.find(each => each.profileId === event.target.value)!)
        }
      >
        {offers.map(offer => (
          <FormControlLabel
            key={offer.profileId}
            className={classes.option}
            value={offer.profileId}
            control={<Radio color="primary" />}
            label={
              <div className={classes.label}>
                <OfferWords offer={offer} />
              </div>
            }
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
};
