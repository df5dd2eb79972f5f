import { ResponseErrorPanel } from '@backstage/core-components';
import { Button } from '@backstage/ui';
import { Box, Container } from '@material-ui/core';

interface SignInFailedProps {
  name: string;
  error?: Error;
  onBack: () => void;
}

export const SignInFailed = ({ name, error, onBack }: SignInFailedProps) => (
  <Container maxWidth="sm">
    <Box paddingTop={10}>
      <ResponseErrorPanel
        title={`Could not sign in as ${name}. Right after the first start the example people take a moment to be loaded: try again.`}
        error={error ?? new Error('The backend gave no reason')}
      />
      <Box marginTop={2}>
        <Button variant="primary" onPress={onBack}>
          Back to the people
        </Button>
      </Box>
    </Box>
  </Container>
);
