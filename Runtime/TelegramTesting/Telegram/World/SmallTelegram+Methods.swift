import Telegram

extension SmallTelegram {
    /// Lets the server answer everything that this Telegram can. Handlers of tests that come later replace these.
    func install(in server: TestServer) {
        installSignIn(in: server)
        installPeople(in: server)
        installMessages(in: server)
        installChats(in: server)
    }

    private func add<Function: TLFunction>(
        _ function: Function.Type,
        _ access: Access = .signedIn,
        to server: TestServer,
        _ body: @escaping @Sendable (inout World, Function, Caller) throws -> Function.Response
    ) {
        server.answer(function) { request, session in try self.answer(request, session, access, body) }
    }

    private func installSignIn(in server: TestServer) {
        add(TL.auth.SendCode.self, .anybody, to: server) { try $0.sendCode($1, by: $2) }
        add(TL.auth.ResendCode.self, .anybody, to: server) { try $0.resendCode($1, by: $2) }
        add(TL.auth.CancelCode.self, .anybody, to: server) { try $0.cancelCode($1, by: $2) }
        add(TL.auth.SignIn.self, .anybody, to: server) { try $0.signIn($1, by: $2) }
        add(TL.auth.SignUp.self, .anybody, to: server) { try $0.signUp($1, by: $2) }
        add(TL.auth.ImportBotAuthorization.self, .anybody, to: server) { try $0.importBotAuthorization($1, by: $2) }
        add(TL.auth.ExportLoginToken.self, .anybody, to: server) { try $0.exportLoginToken($1, by: $2) }
        add(TL.auth.ImportLoginToken.self, .anybody, to: server) { try $0.importLoginToken($1, by: $2) }
        add(TL.auth.AcceptLoginToken.self, to: server) { try $0.acceptLoginToken($1, by: $2) }
        add(TL.auth.ImportAuthorization.self, .anybody, to: server) { try $0.importAuthorization($1, by: $2) }
        add(TL.auth.ExportAuthorization.self, .signedInAnywhere, to: server) { try $0.exportAuthorization($1, by: $2) }
        add(TL.auth.LogOut.self, .halfSignedIn, to: server) { $0.logOut(by: $2) }
        add(TL.auth.ResetAuthorizations.self, to: server) { $0.resetAuthorizations(by: $2) }
        add(TL.account.GetAuthorizations.self, to: server) { $0.authorizationList(for: $2) }
        add(TL.account.ResetAuthorization.self, to: server) { try $0.resetAuthorization($1.hash, by: $2) }

        add(TL.account.GetPassword.self, .halfSignedIn, to: server) { try $0.password(for: $2) }
        add(TL.auth.CheckPassword.self, .halfSignedIn, to: server) { try $0.checkPassword($1, by: $2) }
        add(TL.account.GetPasswordSettings.self, to: server) { try $0.passwordSettings($1, by: $2) }
        add(TL.account.UpdatePasswordSettings.self, to: server) { try $0.updatePasswordSettings($1, by: $2) }
        add(TL.account.ConfirmPasswordEmail.self, to: server) { try $0.confirmPasswordEmail($1.code, by: $2) }
        add(TL.account.ResendPasswordEmail.self, to: server) { try $0.resendPasswordEmail(by: $2) }
        add(TL.account.CancelPasswordEmail.self, to: server) { try $0.cancelPasswordEmail(by: $2) }
        add(TL.auth.RequestPasswordRecovery.self, .halfSignedIn, to: server) { try $0.requestPasswordRecovery(by: $2) }
        add(TL.auth.CheckRecoveryPassword.self, .halfSignedIn, to: server) { world, request, caller in
            try world.checkRecovery(request.code, by: caller)
            return true
        }
        add(TL.auth.RecoverPassword.self, .halfSignedIn, to: server) { try $0.recoverPassword($1, by: $2) }

        add(TL.account.InitTakeoutSession.self, to: server) { try $0.beginTakeout(by: $2) }
        add(TL.account.FinishTakeoutSession.self, to: server) { try $0.endTakeout(by: $2) }
        add(TL.contacts.GetSaved.self, to: server) { world, _, caller in
            guard caller.takeoutID != nil else { throw refusal("TAKEOUT_REQUIRED") }
            return []
        }
        add(TL.help.GetAppConfig.self, .anybody, to: server) { _, request, _ in
            request.hash == 1 ? .appConfigNotModified : .appConfig(hash: 1, config: .jsonObject(value: []))
        }
    }

    private func installPeople(in server: TestServer) {
        add(TL.users.GetUsers.self, to: server) { $0.users($1, by: $2) }
        add(TL.users.GetFullUser.self, to: server) { try $0.fullUser($1, by: $2) }
        add(TL.account.UpdateProfile.self, to: server) { try $0.updateProfile($1, by: $2) }
        add(TL.account.CheckUsername.self, to: server) { world, request, _ in try world.checkUsername(request.username)
        }
        add(TL.account.UpdateUsername.self, to: server) { try $0.updateUsername($1, by: $2) }
        add(TL.account.UpdateStatus.self, to: server) { $0.updateStatus($1, by: $2) }
        add(TL.contacts.GetContacts.self, to: server) { $0.contacts($1, by: $2) }
        add(TL.contacts.GetStatuses.self, to: server) { $0.contactStatuses(by: $2) }
        add(TL.contacts.ImportContacts.self, to: server) { $0.importContacts($1, by: $2) }
        add(TL.contacts.AddContact.self, to: server) { try $0.addContact($1, by: $2) }
        add(TL.contacts.DeleteContacts.self, to: server) { try $0.deleteContacts($1, by: $2) }
        add(TL.contacts.ResolveUsername.self, to: server) { try $0.resolveUsername($1, by: $2) }
        add(TL.contacts.ResolvePhone.self, to: server) { try $0.resolvePhone($1, by: $2) }
        add(TL.contacts.Search.self, to: server) { try $0.search($1, by: $2) }
        add(TL.contacts.Block.self, to: server) { try $0.block($1.id, true, by: $2) }
        add(TL.contacts.Unblock.self, to: server) { try $0.block($1.id, false, by: $2) }
        add(TL.contacts.GetBlocked.self, to: server) { $0.blocked($1, by: $2) }
    }

    private func installMessages(in server: TestServer) {
        add(TL.updates.GetState.self, to: server) { world, _, caller in world.state(of: caller) }
        add(TL.updates.GetDifference.self, to: server) { try $0.difference($1, by: $2) }
        add(TL.updates.GetChannelDifference.self, to: server) { try $0.channelDifference($1, by: $2) }
        add(TL.messages.SendMessage.self, to: server) { try $0.sendMessage($1, by: $2) }
        add(TL.messages.EditMessage.self, to: server) { try $0.editMessage($1, by: $2) }
        add(TL.messages.DeleteMessages.self, to: server) { try $0.deleteMessages($1, by: $2) }
        add(TL.messages.DeleteHistory.self, to: server) { try $0.deleteHistory($1, by: $2) }
        add(TL.messages.ForwardMessages.self, to: server) { try $0.forwardMessages($1, by: $2) }
        add(TL.messages.UpdatePinnedMessage.self, to: server) { try $0.pinMessage($1, by: $2) }
        add(TL.messages.ReadHistory.self, to: server) { try $0.readHistory($1, by: $2) }
        add(TL.messages.SetTyping.self, to: server) { try $0.setTyping($1, by: $2) }
        add(TL.messages.GetHistory.self, to: server) { try $0.history($1, by: $2) }
        add(TL.messages.Search.self, to: server) { try $0.search($1, by: $2) }
        add(TL.messages.GetMessages.self, to: server) { $0.messages($1, by: $2) }
        add(TL.messages.GetDialogs.self, to: server) { try $0.dialogs($1, by: $2) }
        add(TL.messages.GetPeerDialogs.self, to: server) { try $0.peerDialogs($1, by: $2) }
        add(TL.messages.GetPinnedDialogs.self, to: server) { world, _, caller in
            world.peerDialogs(world.inboxes[caller.accountID]?.pinned ?? [], by: caller)
        }
        add(TL.messages.ToggleDialogPin.self, to: server) { try $0.pinDialog($1, by: $2) }
        add(TL.messages.MarkDialogUnread.self, to: server) { try $0.markDialog($1, by: $2) }
        add(TL.messages.SaveDraft.self, to: server) { try $0.saveDraft($1, by: $2) }
        add(TL.messages.GetAllDrafts.self, to: server) { world, _, caller in world.allDrafts(by: caller) }
    }

    private func installChats(in server: TestServer) {
        add(TL.messages.CreateChat.self, to: server) { try $0.createChat($1, by: $2) }
        add(TL.messages.AddChatUser.self, to: server) { try $0.addChatUser($1, by: $2) }
        add(TL.messages.DeleteChatUser.self, to: server) { try $0.deleteChatUser($1, by: $2) }
        add(TL.messages.EditChatTitle.self, to: server) { try $0.editChatTitle($1, by: $2) }
        add(TL.messages.EditChatAbout.self, to: server) { try $0.editChatAbout($1, by: $2) }
        add(TL.messages.EditChatAdmin.self, to: server) { try $0.editChatAdmin($1, by: $2) }
        add(TL.messages.DeleteChat.self, to: server) { try $0.deleteChat($1.chatID, by: $2) }
        add(TL.messages.GetChats.self, to: server) { try $0.chats($1, by: $2) }
        add(TL.messages.GetFullChat.self, to: server) { try $0.fullChat($1, by: $2) }
        add(TL.messages.ExportChatInvite.self, to: server) { try $0.exportInvite($1, by: $2) }
        add(TL.messages.CheckChatInvite.self, to: server) { try $0.checkInvite($1.hash, by: $2) }
        add(TL.messages.ImportChatInvite.self, to: server) { try $0.importInvite($1.hash, by: $2) }

        add(TL.channels.CreateChannel.self, to: server) { try $0.createChannel($1, by: $2) }
        add(TL.channels.InviteToChannel.self, to: server) { try $0.inviteToChannel($1, by: $2) }
        add(TL.channels.JoinChannel.self, to: server) { try $0.joinChannel($1, by: $2) }
        add(TL.channels.LeaveChannel.self, to: server) { try $0.leaveChannel($1, by: $2) }
        add(TL.channels.EditAdmin.self, to: server) { try $0.editAdmin($1, by: $2) }
        add(TL.channels.EditBanned.self, to: server) { try $0.editBanned($1, by: $2) }
        add(TL.channels.EditTitle.self, to: server) { try $0.editTitle($1, by: $2) }
        add(TL.channels.UpdateUsername.self, to: server) { try $0.updateChannelUsername($1, by: $2) }
        add(TL.channels.CheckUsername.self, to: server) { world, request, caller in
            _ = try world.channelID(request.channel, for: caller.accountID)
            return try world.checkUsername(request.username)
        }
        add(TL.channels.DeleteChannel.self, to: server) { try $0.deleteChannel($1, by: $2) }
        add(TL.channels.GetChannels.self, to: server) { try $0.channels($1, by: $2) }
        add(TL.channels.GetFullChannel.self, to: server) { try $0.fullChannel($1, by: $2) }
        add(TL.channels.GetParticipant.self, to: server) { try $0.participant($1, by: $2) }
        add(TL.channels.GetParticipants.self, to: server) { try $0.participants($1, by: $2) }
        add(TL.channels.GetMessages.self, to: server) { try $0.channelMessages($1, by: $2) }
        add(TL.channels.DeleteMessages.self, to: server) { try $0.deleteChannelMessages($1, by: $2) }
        add(TL.channels.ReadHistory.self, to: server) { try $0.readChannel($1, by: $2) }
    }
}
