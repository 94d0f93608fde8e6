import { Module } from '@nestjs/common';
import { PeopleResolver } from './people.resolver.js';
import { PreferencesResolver } from './preferences.resolver.js';

@Module({ providers: [PeopleResolver, PreferencesResolver] })
export class PeopleModule {}
