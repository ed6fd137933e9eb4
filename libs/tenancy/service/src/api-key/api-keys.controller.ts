import { Body, Controller, Delete, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, newApiKey, Requires } from '@stockproof/access';
import { answer, knownProblems, ProblemException, Problems, UuidParam } from '@stockproof/http-problems';
import { AnswerNotKept, TakesIdempotencyKey } from '@stockproof/idempotency';
import { derivedId, instantOf } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { apiKeyStream } from '../aggregates';
import { TenancyParts } from '../tenancy.parts';
import { apiKeyProblems, keyShownBefore } from './api-keys.problems';
import { ApiKeyRequest, CreatedApiKey } from './api-keys.requests';

const noInstant = [{ pointer: '/expiresAt', code: 'instant', message: 'expiresAt must be a moment with its zone' }];

@ApiTags('API keys')
@ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } })
@Controller('v1/tenancy/accounts/:accountId/api-keys')
export class ApiKeysController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Post()
  @Requires('api-key:manage')
  @TakesIdempotencyKey()
  @AnswerNotKept()
  @ApiOperation({ operationId: 'createApiKey', summary: 'Make a key for a machine; the key is shown once' })
  @ApiCreatedResponse({ type: CreatedApiKey })
  @Problems(apiKeyProblems, knownProblems.validationFailed)
  async create(
    @Caller() caller: Caller,
    @Body() body: ApiKeyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedApiKey> {
    const { organizationId, accountId } = caller;
    const { name, scopes, mode } = body;
    const expiresAt = body.expiresAt === undefined ? null : instantOf(body.expiresAt);
    if (body.expiresAt !== undefined && expiresAt === null)
      throw new ProblemException({ ...knownProblems.validationFailed, errors: noInstant });
    const keyId = derivedId(caller.context().commandId, 'api key');
    const { key, hash } = newApiKey(mode);
    const creatorPermissions = [...caller.permissions];
    const handled = await this.parts.tenancy.apiKeys.handle(
      apiKeyStream(accountId, keyId),
      {
        type: 'CreateApiKey',
        data: {
          keyId,
          organizationId,
          accountId,
          name,
          hash,
          scopes,
          creatorPermissions,
          mode,
          expiresAt,
          now: this.parts.runtime.clock.now(),
        },
      },
      caller.context(),
    );
    const { repeated } = answer(handled, apiKeyProblems, reply);
    // The first answer held the only copy of the key that this hash belongs to.
    if (repeated) throw new ProblemException(keyShownBefore);
    return { keyId, key };
  }

  @Delete(':keyId')
  @Requires('api-key:manage')
  @HttpCode(204)
  @ApiOperation({ operationId: 'revokeApiKey', summary: 'Revoke a key, for ever' })
  @ApiNoContentResponse()
  @Problems(apiKeyProblems)
  async revoke(
    @Caller() caller: Caller,
    @UuidParam('keyId') keyId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const handled = await this.parts.tenancy.apiKeys.handle(
      apiKeyStream(caller.accountId, keyId),
      { type: 'RevokeApiKey', data: {} },
      caller.context(),
    );
    answer(handled, apiKeyProblems, reply);
  }
}
