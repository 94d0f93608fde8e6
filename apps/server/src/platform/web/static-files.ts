import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { notFound } from '../errors/refusals.js';

/** Paths that programs use; an unknown one below them is a problem document and never the app's page. */
const API = /^\/(graphql|auth|webhooks|api|metrics|socket\.io|mcp|track)(\/|\?|$)|^\/health\//;

/** The built dashboard, and its page for every address that the browser's router knows. */
export async function serveWeb(fastify: FastifyInstance, root: string): Promise<void> {
  const isBuilt = existsSync(join(root, 'index.html'));
  const config = { action: 'public.web' } as const;
  if (isBuilt) {
    await fastify.register(fastifyStatic, {
      root, serve: false, cacheControl: false,
      setHeaders: (reply, path) => void reply.header('cache-control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    });
  }
  fastify.get('/*', { config }, async (request, reply) => {
    if (!isBuilt || API.test(request.url)) throw notFound();
    const path = decodeURIComponent(request.url.split('?')[0] ?? '/');
    // Outside the root nothing is looked up at all: the answer would tell what there is.
    const isInside = !path.includes('\0') && !path.split(/[\\/]/).includes('..');
    const isFile = path !== '/' && isInside && existsSync(join(root, path)) && /\.[A-Za-z0-9]+$/.test(path);
    if (!isFile && path.startsWith('/assets/')) throw notFound();
    return reply.sendFile(isFile ? path.slice(1) : 'index.html');
  });
}
