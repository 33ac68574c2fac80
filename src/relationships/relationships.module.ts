import { Module } from '@nestjs/common';
import { RelationshipsController } from './relationships.http.js';
import { RemoveRelationshipHandler } from './remove-relationship.command.js';

@Module({ controllers: [RelationshipsController], providers: [RemoveRelationshipHandler] })
export class RelationshipsModule {}
