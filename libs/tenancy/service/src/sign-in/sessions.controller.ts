import { Body, Controller, Delete, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PublicRoute } from '@stockproof/access';
import { ProblemException, Problems } from '@stockproof/http-problems';
import { AnswerNotKept } from '@stockproof/idempotency';
import { installationStream } from '../aggregates';
import { TenancyParts } from '../tenancy.parts';
import { latestState } from '../latest-state';
import { sessionProblems } from './sessions.problems';
import { PublicKeysDocument, RefreshTokenRequest, SessionDocument, SignInRequest } from './sessions.requests';
import type { SignedIn, SignInRefusal } from './sign-in';

const documentOf = (answer: SignedIn | SignInRefusal): SessionDocument => {
  switch (answer.outcome) {
    case 'signed-in':
      return {
        accessToken: answer.accessToken,
        tokenType: 'Bearer',
        expiresInSeconds: answer.expiresInSeconds,
        refreshToken: answer.refreshToken,
        userId: answer.userId,
      };
    case 'refused':
      throw new ProblemException(sessionProblems.refused);
    case 'wait':
      throw new ProblemException({ ...sessionProblems.tooManyFailures, headers: { 'retry-after': String(answer.seconds) } });
  }
};

@ApiTags('Signing in')
@Controller('v1/tenancy')
export class SessionsController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Post('sessions')
  @PublicRoute()
  @AnswerNotKept()
  @ApiOperation({ operationId: 'signIn', summary: 'Sign in with e-mail and password' })
  @ApiCreatedResponse({ type: SessionDocument })
  @Problems(sessionProblems)
  async signIn(@Body() { email, password }: SignInRequest): Promise<SessionDocument> {
    return documentOf(await this.parts.signIn.withPassword(email, password));
  }

  @Post('sessions/refresh')
  @PublicRoute()
  @AnswerNotKept()
  @ApiOperation({ operationId: 'refreshSession', summary: 'Exchange a refresh token for a new pair of tokens' })
  @ApiCreatedResponse({ type: SessionDocument })
  @Problems(sessionProblems.refused)
  async refresh(@Body() { refreshToken }: RefreshTokenRequest): Promise<SessionDocument> {
    return documentOf(await this.parts.signIn.withRefreshToken(refreshToken));
  }

  @Delete('sessions/current')
  @PublicRoute()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'signOut',
    summary: 'End the session of a refresh token',
    description: 'The token is the proof, so that signing out works with an expired access token.',
  })
  @ApiNoContentResponse()
  async signOut(@Body() { refreshToken }: RefreshTokenRequest): Promise<void> {
    await this.parts.sessions.end(refreshToken);
  }

  @Get('jwks')
  @PublicRoute()
  @ApiOperation({ operationId: 'listSigningKeys', summary: 'Public keys of access tokens (JWKS)' })
  @ApiOkResponse({ type: PublicKeysDocument })
  async signingKeys(): Promise<PublicKeysDocument> {
    const { signingKeys } = await latestState(this.parts.tenancy.installation, installationStream);
    return { keys: [...signingKeys].map(([kid, jwk]) => ({ ...jwk, kid, alg: 'ES256', use: 'sig' })) };
  }
}
